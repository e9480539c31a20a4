namespace Amazon.Glue.Model;

public class SerDeInfo
{
    public string? SerializationLibrary { get; set; }
}
