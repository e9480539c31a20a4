namespace Amazon.Glue.Model;

public class StartCrawlerRequest : AmazonGlueRequest
{
    public string? Name { get; set; }
}
