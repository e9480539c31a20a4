namespace Amazon.Glue.Model;

public class StorageDescriptor
{
    public List<Column>? Columns { get; set; }

    public string? InputFormat { get; set; }

    public string? Location { get; set; }

    public string? OutputFormat { get; set; }

    public SerDeInfo? SerdeInfo { get; set; }
}
