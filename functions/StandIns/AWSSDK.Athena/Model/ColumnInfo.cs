namespace Amazon.Athena.Model;

public class ColumnInfo
{
    public string? Label { get; set; }

    public string? Name { get; set; }

    public int? Precision { get; set; }

    public int? Scale { get; set; }

    public string? Type { get; set; }
}
