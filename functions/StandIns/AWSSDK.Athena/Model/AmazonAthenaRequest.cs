using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>A request to Athena.</summary>
public class AmazonAthenaRequest : AmazonWebServiceRequest;
