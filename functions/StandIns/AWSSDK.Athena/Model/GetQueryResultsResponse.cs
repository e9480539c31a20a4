using Amazon.Runtime;

namespace Amazon.Athena.Model;

public class GetQueryResultsResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }

    public ResultSet? ResultSet { get; set; }

    public long? UpdateCount { get; set; }
}
