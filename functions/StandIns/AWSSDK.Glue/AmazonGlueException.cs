using System.Net;
using Amazon.Glue.Model;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.Glue;

/// <summary>Glue refused a request.</summary>
public class AmazonGlueException : AmazonServiceException
{
    public AmazonGlueException(string message)
        : base(message)
    {
    }

    public AmazonGlueException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    internal static AmazonServiceException Of(ServiceError error) => error.Code switch
    {
        "AlreadyExistsException" => new AlreadyExistsException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
        "CrawlerRunningException" => new CrawlerRunningException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
        "EntityNotFoundException" => new EntityNotFoundException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
        "InvalidInputException" => new InvalidInputException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
        "OperationTimeoutException" => new OperationTimeoutException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
        _ => new AmazonGlueException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
    };
}
