using System.Collections.Concurrent;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Lake.S3;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>
/// S3, Glue and Athena on loopback, as far as the pipeline uses them, with faults as a test wants them. Objects are files, so that large ones cost no
/// memory.
/// </summary>
internal sealed class AwsServer : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Region = "eu-west-3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aws-server-");
    private readonly WebApplication _app;

    private AwsServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        S3 = new S3Service(_folder.FullName);
        _app.Run(AnswerAsync);
    }

    public S3Service S3 { get; }

    public GlueService Glue { get; } = new();

    public AthenaService Athena { get; } = new();

    /// <summary>Says what is wrong with a call, if anything.</summary>
    public Func<AwsRequest, Fault?> Faults { get; set; } = _ => null;

    /// <summary>What every call takes longer than it would here.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>All that was asked.</summary>
    public ConcurrentQueue<AwsRequest> Requests { get; } = [];

    public string Url => _app.Urls.First();

    public static async Task<AwsServer> StartAsync()
    {
        AwsServer server = new();
        await server._app.StartAsync();
        return server;
    }

    public static AWSCredentials Credentials() => new BasicAWSCredentials(AccessKey, SecretKey);

    public IAmazonS3 S3Client(int retries = 0) => new S3Client(
        Credentials(), new AmazonS3Config { ServiceURL = Url, AuthenticationRegion = Region, ForcePathStyle = true, MaxErrorRetry = retries });

    public IAmazonGlue GlueClient(int retries = 0) => new AmazonGlueClient(
        Credentials(), new AmazonGlueConfig { ServiceURL = Url, AuthenticationRegion = Region, MaxErrorRetry = retries });

    public IAmazonAthena AthenaClient(int retries = 0) => new AmazonAthenaClient(
        Credentials(), new AmazonAthenaConfig { ServiceURL = Url, AuthenticationRegion = Region, MaxErrorRetry = retries });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = AwsRequest.Of(context.Request);
        Requests.Enqueue(request);
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, TimeProvider.System, context.RequestAborted);
        }

        var fault = Faults(request);
        if (fault is { When: FaultTime.Before })
        {
            await FailAsync(context, request, fault);
            return;
        }

        if (fault is { When: FaultTime.MidBody })
        {
            context.Features.Set<IHttpResponseBodyFeature>(
                new CutBody(context, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), fault.BodyBytes));
        }

        if (fault is { When: FaultTime.After })
        {
            context.Features.Set<IHttpResponseBodyFeature>(new CutBody(context, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), 0));
        }

        switch (request.Service)
        {
            case "glue":
                await Glue.AnswerAsync(context, request);
                break;
            case "athena":
                await Athena.AnswerAsync(context, request);
                break;
            default:
                await S3.AnswerAsync(context, request);
                break;
        }

        if (fault is { When: FaultTime.After })
        {
            context.Abort();
        }
    }

    private static async Task FailAsync(HttpContext context, AwsRequest request, Fault fault)
    {
        if (fault.Status == 0)
        {
            context.Abort();
            return;
        }

        // A client that is still sending would see a reset instead of the answer.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        if (request.Service is "s3")
        {
            await S3Answer.ErrorAsync(context, fault.Status, fault.Code, fault.Message);
        }
        else
        {
            await JsonAnswer.ErrorAsync(context, fault.Status, fault.Code, fault.Message);
        }
    }
}
