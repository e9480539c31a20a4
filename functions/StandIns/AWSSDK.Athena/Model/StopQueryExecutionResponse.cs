using Amazon.Runtime;

namespace Amazon.Athena.Model;

public class StopQueryExecutionResponse : AmazonWebServiceResponse;
