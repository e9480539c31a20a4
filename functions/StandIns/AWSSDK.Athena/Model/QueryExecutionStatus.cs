namespace Amazon.Athena.Model;

public class QueryExecutionStatus
{
    public AthenaError? AthenaError { get; set; }

    public QueryExecutionState? State { get; set; }

    public string? StateChangeReason { get; set; }
}
