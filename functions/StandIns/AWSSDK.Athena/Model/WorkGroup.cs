namespace Amazon.Athena.Model;

public class WorkGroup
{
    public WorkGroupConfiguration? Configuration { get; set; }

    public string? Name { get; set; }
}
