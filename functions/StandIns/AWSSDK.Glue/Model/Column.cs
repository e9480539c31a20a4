namespace Amazon.Glue.Model;

public class Column
{
    public string? Name { get; set; }

    public string? Type { get; set; }
}
