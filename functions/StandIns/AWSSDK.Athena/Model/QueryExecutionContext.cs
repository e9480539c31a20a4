namespace Amazon.Athena.Model;

public class QueryExecutionContext
{
    public string? Catalog { get; set; }

    public string? Database { get; set; }
}
