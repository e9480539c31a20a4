namespace Amazon.Athena.Model;

public class ResultSet
{
    public ResultSetMetadata? ResultSetMetadata { get; set; }

    public List<Row>? Rows { get; set; }
}
