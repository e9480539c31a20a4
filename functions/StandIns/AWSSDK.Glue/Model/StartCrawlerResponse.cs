using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class StartCrawlerResponse : AmazonWebServiceResponse;
