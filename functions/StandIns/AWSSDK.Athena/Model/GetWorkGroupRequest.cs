namespace Amazon.Athena.Model;

public class GetWorkGroupRequest : AmazonAthenaRequest
{
    public string? WorkGroup { get; set; }
}
