using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake.S3;

[assembly: AssemblyFixture(typeof(MotoServer))]

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>
/// A moto_server of the tests' own, started when a test first asks for it. Where it is not on PATH, that test reports itself skipped; with CI=true
/// it fails.
/// </summary>
public sealed class MotoServer : IAsyncDisposable
{
    private static readonly TimeSpan s_startWithin = TimeSpan.FromMinutes(2);

    private readonly Lazy<Task<Process?>> _process;
    private readonly HttpClient _http = new();

    public MotoServer() => _process = new Lazy<Task<Process?>>(StartAsync);

    public string Url { get; private set; } = "";

    /// <summary>Waits until it listens.</summary>
    public async Task RequireAsync()
    {
        if (await _process.Value is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "moto_server is not on PATH: CI needs it (pip install 'moto[server]').");
            Assert.Skip("moto_server is not on PATH (pip install 'moto[server]').");
        }
    }

    /// <summary>Makes a bucket of a name that no other test has.</summary>
    public async Task<string> CreateBucketAsync()
    {
        await RequireAsync();
        var bucket = $"lake-{Guid.NewGuid():N}";
        using var s3 = S3Client();
        await s3.PutBucketAsync(bucket, TestContext.Current.CancellationToken);
        return bucket;
    }

    // Where two calls of one object meet, moto may answer 500: the SDK repeats it, as it would with S3.
    public IAmazonS3 S3Client() => new S3Client(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true, MaxErrorRetry = 3 });

    /// <summary>Makes a call in AWS JSON, whatever its signature: moto looks at its scope only.</summary>
    public async Task<string> CallAsync(string service, string target, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", target);
        return await SendAsync(service, target, request);
    }

    /// <summary>Makes a call in AWS's query protocol, as CloudFormation and IAM speak it.</summary>
    public async Task<XElement> QueryAsync(string service, string action, IEnumerable<(string Name, string Value)> parameters)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Url)
        {
            Content = new FormUrlEncodedContent(
                [new("Action", action), .. parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))]),
        };
        return XElement.Parse(await SendAsync(service, action, request));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process.IsValueCreated && await _process.Value is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _http.Dispose();
    }

    private async Task<string> SendAsync(string service, string operation, HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{operation}: {answer}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<Process?> StartAsync()
    {
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}";
        Process process;
        try
        {
            process = Process
                .Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"])
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var start = Stopwatch.GetTimestamp();
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(100));
        while (await poll.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await _http.GetAsync($"{Url}/moto-api/data.json");
                return process;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(start) < s_startWithin)
            {
                // It does not listen yet.
            }
        }

        return process;
    }
}
