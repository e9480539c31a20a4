using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class CrawlerRunningException : AmazonGlueException
{
    public CrawlerRunningException(string message)
        : base(message)
    {
    }

    public CrawlerRunningException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
