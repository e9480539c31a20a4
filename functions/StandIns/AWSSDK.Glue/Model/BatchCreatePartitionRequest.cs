namespace Amazon.Glue.Model;

public class BatchCreatePartitionRequest : AmazonGlueRequest
{
    public string? DatabaseName { get; set; }

    public List<PartitionInput>? PartitionInputList { get; set; }

    public string? TableName { get; set; }
}
