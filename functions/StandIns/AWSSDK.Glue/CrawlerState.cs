using Amazon.Runtime;

namespace Amazon.Glue;

public class CrawlerState : ConstantClass
{
    public static readonly CrawlerState READY = new("READY");

    public static readonly CrawlerState RUNNING = new("RUNNING");

    public static readonly CrawlerState STOPPING = new("STOPPING");

    public CrawlerState(string value)
        : base(value)
    {
    }

    public static implicit operator CrawlerState(string value) => FindValue(value);

    public static CrawlerState FindValue(string value) => FindValue<CrawlerState>(value);
}
