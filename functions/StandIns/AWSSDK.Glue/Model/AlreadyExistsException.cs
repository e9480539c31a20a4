using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class AlreadyExistsException : AmazonGlueException
{
    public AlreadyExistsException(string message)
        : base(message)
    {
    }

    public AlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
