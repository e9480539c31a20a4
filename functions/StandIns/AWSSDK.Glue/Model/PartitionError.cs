namespace Amazon.Glue.Model;

public class PartitionError
{
    public ErrorDetail? ErrorDetail { get; set; }

    public List<string>? PartitionValues { get; set; }
}
