namespace Amazon.Glue.Model;

public class GetCrawlerRequest : AmazonGlueRequest
{
    public string? Name { get; set; }
}
