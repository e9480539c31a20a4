using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class OperationTimeoutException : AmazonGlueException
{
    public OperationTimeoutException(string message)
        : base(message)
    {
    }

    public OperationTimeoutException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
