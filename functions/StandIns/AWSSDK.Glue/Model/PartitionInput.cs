namespace Amazon.Glue.Model;

public class PartitionInput
{
    public StorageDescriptor? StorageDescriptor { get; set; }

    public List<string>? Values { get; set; }
}
