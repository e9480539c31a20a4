using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class GetCrawlerResponse : AmazonWebServiceResponse
{
    public Crawler? Crawler { get; set; }
}
