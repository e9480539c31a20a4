using Amazon.Runtime;

namespace Amazon.Athena;

public class QueryExecutionState : ConstantClass
{
    public static readonly QueryExecutionState CANCELLED = new("CANCELLED");

    public static readonly QueryExecutionState FAILED = new("FAILED");

    public static readonly QueryExecutionState QUEUED = new("QUEUED");

    public static readonly QueryExecutionState RUNNING = new("RUNNING");

    public static readonly QueryExecutionState SUCCEEDED = new("SUCCEEDED");

    public QueryExecutionState(string value)
        : base(value)
    {
    }

    public static implicit operator QueryExecutionState(string value) => FindValue(value);

    public static QueryExecutionState FindValue(string value) => FindValue<QueryExecutionState>(value);
}
