namespace Amazon.Glue.Model;

public class LastCrawlInfo
{
    public string? ErrorMessage { get; set; }

    public string? LogGroup { get; set; }

    public string? LogStream { get; set; }

    public string? MessagePrefix { get; set; }

    public DateTime? StartTime { get; set; }

    public LastCrawlStatus? Status { get; set; }
}
