using Amazon.Runtime;

namespace Amazon.Athena.Model;

public class GetQueryExecutionResponse : AmazonWebServiceResponse
{
    public QueryExecution? QueryExecution { get; set; }
}
