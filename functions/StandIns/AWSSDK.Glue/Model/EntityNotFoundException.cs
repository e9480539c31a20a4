using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class EntityNotFoundException : AmazonGlueException
{
    public EntityNotFoundException(string message)
        : base(message)
    {
    }

    public EntityNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
