using System.Net;
using Amazon.Runtime;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Aws;

/// <summary>Says what a failure of AWS means for the pipeline, and what to do about it.</summary>
internal static class AwsFailure
{
    private const string OtherOwner = "; a bucket that belongs to another account than Lake__BucketOwner is refused, too";

    private static readonly HashSet<string> s_mayPass = new(StringComparer.Ordinal)
    {
        "SlowDown", "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestLimitExceeded", "TooManyRequestsException",
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServerException", "InternalServiceException",
        "ServiceUnavailable", "OperationTimeoutException", "BadDigest", "IncompleteBody", "XAmzContentChecksumMismatch", "OperationAborted",
        "ConditionalRequestConflict", "NoSuchUpload",
    };

    private static readonly HashSet<string> s_badCredentials = new(StringComparer.Ordinal)
    {
        "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId", "InvalidClientTokenId",
        "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "RequestExpired",
        "RequestTimeTooSkewed", "MissingAuthenticationToken",
    };

    private static readonly HashSet<string> s_wrongRegion = new(StringComparer.Ordinal)
    {
        "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "TemporaryRedirect",
    };

    /// <summary>Whether an exception is AWS's, or that of the network on the way.</summary>
    public static bool IsOfAws(Exception exception, CancellationToken cancellationToken) => exception
        is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>The pipeline's exception for a call that failed.</summary>
    public static EtlException Of(Exception exception, AwsCall call)
    {
        if (exception is AmazonServiceException answered and not AmazonUnmarshallingException && answered.StatusCode != default)
        {
            return OfAnswer(answered, call);
        }

        if (exception is AmazonClientException && !IsOfNetwork(exception.InnerException))
        {
            return exception.Message.Contains("checksum", StringComparison.OrdinalIgnoreCase)
                || exception.Message.Contains("hash", StringComparison.OrdinalIgnoreCase)
                ? new TransientEtlException(
                    $"Cannot {call.What}: the bytes arrived damaged ({Sentence(exception.Message)}). The step can be repeated.", exception)
                : new PermanentEtlException(
                    $"Cannot {call.What}: {Sentence(exception.Message)}. Set the region with AWS_REGION and give credentials in a way that the AWS SDK "
                        + "looks for, or Aws__RoleArn.",
                    exception);
        }

        return new TransientEtlException(
            $"Cannot {call.What}: AWS was not reached, or did not answer to the end ({Sentence(exception.Message)}). The step can be repeated.", exception);
    }

    private static EtlException OfAnswer(AmazonServiceException exception, AwsCall call)
    {
        var code = string.IsNullOrEmpty(exception.ErrorCode) ? $"HTTP {(int)exception.StatusCode}" : exception.ErrorCode;
        var what = $"Cannot {call.What}: {code}, {Sentence(exception.Message)}";
        if (s_mayPass.Contains(code) || (int)exception.StatusCode >= 500
            || exception.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        {
            return new TransientEtlException($"{what}. The step can be repeated.", exception);
        }

        return new PermanentEtlException($"{what}. {Advice(exception, code, call)}", exception) { IsAccessDenied = IsAccessDenied(exception, code) };
    }

    private static bool IsAccessDenied(AmazonServiceException exception, string code) =>
        !s_badCredentials.Contains(code)
        && (exception.StatusCode is HttpStatusCode.Forbidden || code.StartsWith("AccessDenied", StringComparison.Ordinal));

    private static string Advice(AmazonServiceException exception, string code, AwsCall call)
    {
        if (s_badCredentials.Contains(code))
        {
            return "The credentials have expired or are wrong: renew them, and look at this machine's clock.";
        }

        if (s_wrongRegion.Contains(code) || exception.StatusCode is HttpStatusCode.MovedPermanently)
        {
            return "The bucket is in another region: set AWS_REGION to it.";
        }

        if (code.StartsWith("KMS", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("kms", StringComparison.OrdinalIgnoreCase))
        {
            return "The key that encrypts the bucket must be enabled and allow this identity kms:GenerateDataKey and kms:Decrypt.";
        }

        return code switch
        {
            "BadRequest" => "S3 gives no reason to this kind of request; mostly the credentials have expired, or AWS_REGION is not the bucket's.",
            "NoSuchBucket" => "Create the bucket, or set Lake__Uri to one that is there.",
            _ when IsAccessDenied(exception, code) =>
                $"This identity needs the permission {call.Permission}{(call.IsOfS3 ? OtherOwner : "")}.",
            _ => call.Advice,
        };
    }

    private static bool IsOfNetwork(Exception? exception) =>
        exception is HttpRequestException or IOException or TimeoutException or System.Net.Sockets.SocketException or OperationCanceledException or WebException
        || (exception?.InnerException is { } inner && IsOfNetwork(inner));

    private static string Sentence(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}

/// <summary>A call of AWS, for a message about its failure.</summary>
/// <param name="What">What it was to do, such as <c>read s3://bucket/key</c>.</param>
/// <param name="Permission">What it needs, such as s3:GetObject.</param>
/// <param name="Advice">What to do where nothing better is known.</param>
internal sealed record AwsCall(string What, string Permission, string Advice = "Repeating it will not help: look at the settings and at AWS's message.")
{
    public bool IsOfS3 => Permission.StartsWith("s3:", StringComparison.Ordinal);
}
