using Amazon.Runtime;

namespace Amazon.Athena.Model;

public class GetWorkGroupResponse : AmazonWebServiceResponse
{
    public WorkGroup? WorkGroup { get; set; }
}
