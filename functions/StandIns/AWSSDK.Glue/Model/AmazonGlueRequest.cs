using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>A request to Glue.</summary>
public class AmazonGlueRequest : AmazonWebServiceRequest;
