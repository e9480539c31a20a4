using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsJson;

/// <summary>Makes the typed exception of an error answer.</summary>
internal delegate AmazonServiceException ErrorFactory(ServiceError error);

/// <summary>An error as the service told it.</summary>
internal sealed record ServiceError(string Code, string Message, string RequestId, HttpStatusCode Status, Exception? Inner, JsonElement Body)
{
    /// <summary>A further member of the error's body, or null.</summary>
    public string? Text(string member) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>One operation of a service: how its requests are written and its answers read.</summary>
internal static class JsonOperation
{
    public static InvokeOptions Options<TRequest, TResponse>(JsonService service, ErrorFactory errors)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new() { RequestMarshaller = new Marshaller<TRequest>(service), ResponseUnmarshaller = new Unmarshaller<TResponse>(errors) };

    private sealed class Marshaller<TRequest>(JsonService service) : IMarshaller<IRequest, AmazonWebServiceRequest>
        where TRequest : AmazonWebServiceRequest
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var operation = typeof(TRequest).Name[..^"Request".Length];
            DefaultRequest request = new(input, $"Amazon.{service.ServiceId}")
            {
                HttpMethod = "POST",
                ResourcePath = "/",
                Content = JsonSerializer.SerializeToUtf8Bytes((TRequest)input, JsonBody.Options),
            };
            request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{operation}";
            request.Headers["Content-Type"] = "application/x-amz-json-1.1";
            request.Headers["X-Amz-Api-Version"] = service.ApiVersion;
            return request;
        }
    }

    private sealed class Unmarshaller<TResponse>(ErrorFactory errors) : JsonResponseUnmarshaller
        where TResponse : AmazonWebServiceResponse, new()
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using MemoryStream body = new();
            input.Stream.CopyTo(body);
            return body.Length == 0
                ? new TResponse()
                : JsonSerializer.Deserialize<TResponse>(body.GetBuffer().AsSpan(0, (int)body.Length), JsonBody.Options) ?? new TResponse();
        }

        public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            using MemoryStream buffer = new();
            input.Stream.CopyTo(buffer);
            var body = ParseOrDefault(buffer.ToArray());
            var requestId = Header(input, "x-amzn-RequestId") ?? "";
            ServiceError error = new("", "", requestId, statusCode, innerException, body);
            var code = error.Text("__type") ?? error.Text("code") ?? Header(input, "x-amzn-ErrorType") ?? "";
            // A name may come with its namespace before it, or with an address after it.
            code = code[(code.LastIndexOf('#') + 1)..].Split(':')[0];
            var message = error.Text("message") ?? error.Text("Message") ?? error.Text("errorMessage");
            return errors(error with { Code = code, Message = message ?? $"The service answered {(int)statusCode} {code}".TrimEnd() + "." });
        }

        private static string? Header(JsonUnmarshallerContext input, string name) =>
            input.ResponseData.IsHeaderPresent(name) ? input.ResponseData.GetHeaderValue(name) : null;

        // Between here and the service, anything may have answered in its place.
        private static JsonElement ParseOrDefault(byte[] body)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }
}
