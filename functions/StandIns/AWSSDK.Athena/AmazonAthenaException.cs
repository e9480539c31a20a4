using System.Net;
using Amazon.Athena.Model;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.Athena;

/// <summary>Athena refused a request.</summary>
public class AmazonAthenaException : AmazonServiceException
{
    public AmazonAthenaException(string message)
        : base(message)
    {
    }

    public AmazonAthenaException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    internal static AmazonServiceException Of(ServiceError error) => error.Code switch
    {
        "InternalServerException" => new InternalServerException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
        "InvalidRequestException" => new InvalidRequestException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status)
        {
            AthenaErrorCode = error.Text("AthenaErrorCode"),
        },
        "TooManyRequestsException" => new TooManyRequestsException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status)
        {
            Reason = error.Text("Reason") is { } reason ? ThrottleReason.FindValue(reason) : null,
        },
        _ => new AmazonAthenaException(error.Message, error.Inner!, ErrorType.Unknown, error.Code, error.RequestId, error.Status),
    };
}
