namespace Amazon.Athena.Model;

public class ResultSetMetadata
{
    public List<ColumnInfo>? ColumnInfo { get; set; }
}
