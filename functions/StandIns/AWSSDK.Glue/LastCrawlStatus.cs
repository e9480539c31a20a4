using Amazon.Runtime;

namespace Amazon.Glue;

public class LastCrawlStatus : ConstantClass
{
    public static readonly LastCrawlStatus CANCELLED = new("CANCELLED");

    public static readonly LastCrawlStatus FAILED = new("FAILED");

    public static readonly LastCrawlStatus SUCCEEDED = new("SUCCEEDED");

    public LastCrawlStatus(string value)
        : base(value)
    {
    }

    public static implicit operator LastCrawlStatus(string value) => FindValue(value);

    public static LastCrawlStatus FindValue(string value) => FindValue<LastCrawlStatus>(value);
}
