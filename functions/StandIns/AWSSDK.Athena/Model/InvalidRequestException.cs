using System.Net;
using Amazon.Runtime;

namespace Amazon.Athena.Model;

public class InvalidRequestException : AmazonAthenaException
{
    public InvalidRequestException(string message)
        : base(message)
    {
    }

    public InvalidRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public string? AthenaErrorCode { get; set; }
}
