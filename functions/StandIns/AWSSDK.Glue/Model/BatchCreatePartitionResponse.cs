using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class BatchCreatePartitionResponse : AmazonWebServiceResponse
{
    public List<PartitionError>? Errors { get; set; }
}
