using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace SpotifyEtl.Telemetry;

/// <summary>Puts a span around every call of AWS, its retries included, and counts those. Each try's HTTP request is a span beneath it.</summary>
internal sealed class AwsSpans : IRuntimePipelineCustomizer
{
    public string UniqueName => $"{EtlTelemetry.Name} spans";

    /// <summary>Does so for the clients that are made from now on. Once is enough; again is harmless.</summary>
    public static void Register() => RuntimePipelineCustomizerRegistry.Instance.Register(new AwsSpans());

    public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandler(new Handler());

    private sealed class Handler : PipelineHandler
    {
        private const string RequestSuffix = "Request";

        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var request = executionContext.RequestContext;
            var service = request.ServiceMetaData.ServiceId;
            using var span = Start(request, service);
            try
            {
                var answer = await base.InvokeAsync<T>(executionContext);
                span?.SetTag("aws.request_id", executionContext.ResponseContext.Response?.ResponseMetadata?.RequestId)
                    .SetTag("http.response.status_code", (int?)executionContext.ResponseContext.Response?.HttpStatusCode);
                return answer;
            }
            catch (Exception exception)
            {
                span?.Fail(exception is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : exception.GetType().FullName!);
                if (exception is AmazonServiceException { RequestId: { Length: > 0 } requestId } answered)
                {
                    span?.SetTag("aws.request_id", requestId).SetTag("http.response.status_code", (int)answered.StatusCode);
                }

                throw;
            }
            finally
            {
                if (request.Retries > 0)
                {
                    EtlTelemetry.Retries.Add(request.Retries, EtlTelemetry.Service(service));
                }
            }
        }

        private static Activity? Start(IRequestContext request, string service)
        {
            if (!EtlTelemetry.Source.HasListeners())
            {
                return null;
            }

            var name = request.RequestName;
            var method = name.EndsWith(RequestSuffix, StringComparison.Ordinal) ? name[..^RequestSuffix.Length] : name;
            return EtlTelemetry.Source.StartActivity($"{service}.{method}", ActivityKind.Client)
                ?.SetTag("rpc.system", "aws-api")
                .SetTag("rpc.service", service)
                .SetTag("rpc.method", method);
        }
    }
}
