namespace Amazon.Athena.Model;

public class QueryExecutionStatistics
{
    public long? DataScannedInBytes { get; set; }

    public long? TotalExecutionTimeInMillis { get; set; }
}
