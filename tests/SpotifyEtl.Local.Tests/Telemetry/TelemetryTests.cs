using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Telemetry;

/// <summary>The real program, and what it exports over OTLP.</summary>
public sealed class TelemetryTests
{
    private const string Invocation = "function ";

    private const int Internal = 1;
    private const int Server = 2;
    private const int Client = 3;
    private const int Producer = 4;

    // Of host.json.
    private const int MaxActivitiesAtOnce = 32;

    // The parts of a run that has neither playlists nor requests.
    private static readonly string[] s_edges =
    [
        "create_orchestration:RunEtl > orchestration:RunEtl",
        "orchestration:ProcessFiles > activity:MoveToProcessed",
        "orchestration:ProcessFiles > activity:TransformFile",
        "orchestration:RefreshCrawler > activity:GetCrawlerStatus",
        "orchestration:RefreshCrawler > activity:StartCrawler",
        "orchestration:RefreshCrawler > orchestration:RefreshCrawler:timer",
        "orchestration:RunEtl > activity:ListDueMonths",
        "orchestration:RunEtl > activity:ListRawFiles",
        "orchestration:RunEtl > activity:VerifyTables",
        "orchestration:RunEtl > activity:WriteMonth",
        "orchestration:RunEtl > activity:WriteRunRecord",
        "orchestration:RunEtl > orchestration:ProcessFiles",
        "orchestration:RunEtl > orchestration:RefreshCrawler",
    ];

    [Fact]
    public async Task A_run_is_one_trace_from_its_start_down_to_its_requests_and_its_figures_and_logs_come_too()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var spotify = await SpotifyServer.StartAsync(rows: [Row("s1"), """{"track":null}"""]);
        Queue<Answer> refusals = new([Answer.Error(503, "Not now."), Answer.Limit("1")]);
        spotify.Script = asked => asked.IsPage && refusals.TryDequeue(out var refusal) ? refusal : null;
        using var program = Program(receiver);
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;

        var run = await program.RunAsync("run", "--playlist", SpotifyServer.PlaylistId, "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        var runId = (string?)JsonNode.Parse(run.Output)!["runId"];
        var root = Assert.Single(receiver.Spans, span => span.ParentSpanId.Length == 0);
        Assert.Equal(("create_orchestration:RunEtl", Producer), (Plain(root.Name), root.Kind));
        Assert.All(receiver.Spans, span => Assert.Equal(root.TraceId, span.TraceId));
        Assert.Equal(
            [.. s_edges, "activity:ExtractPlaylist > GET", "activity:ExtractPlaylist > POST", "orchestration:RunEtl > activity:ExtractPlaylist"],
            Edges(receiver.Spans), SameSet);
        var orchestration = Assert.Single(receiver.Spans, span => Plain(span.Name) == "orchestration:RunEtl" && !IsEnvelope(span));
        Assert.Equal(
            (Server, runId, "Completed"),
            (orchestration.Kind, orchestration.Tags["durabletask.task.instance_id"], orchestration.Tags["durabletask.task.status"]));
        Assert.All(
            receiver.Spans.Where(span => span.ParentSpanId == orchestration.SpanId),
            span => Assert.True(span.Start >= orchestration.Start && span.End <= orchestration.End, span.Name));
        Assert.Equal(
            [("GET", Client, "503", "503"), ("GET", Client, "429", "429")],
            receiver.Spans.Where(span => span.Status == 2).OrderBy(span => span.Start).Select(
                span => (span.Name, span.Kind, span.Tags["http.response.status_code"], span.Tags["error.type"])));
        Assert.All(receiver.Spans.Where(span => span.Name.EndsWith(":timer", StringComparison.Ordinal)), span => Assert.Equal(Internal, span.Kind));

        Assert.Equal(1, receiver.Value("spotify_etl.runs", "succeeded"));
        Assert.Equal(1, receiver.Value("spotify_etl.files", "transformed"));
        Assert.Equal(
            (1, 3, 1),
            (receiver.Value("spotify_etl.rows", "song"), receiver.Value("spotify_etl.rows", "artist"), receiver.Value("spotify_etl.rows", "rejected")));
        Assert.Equal(1, receiver.Value("spotify_etl.rejects", "no_track"));
        Assert.Equal((2, 1), (receiver.Value("spotify_etl.retries", "Spotify"), receiver.Value("spotify_etl.rate_limits")));
        Assert.InRange(receiver.Value("spotify_etl.run.duration"), 0.001, 600);
        Assert.InRange(receiver.Value("spotify_etl.freshness"), 0.001, 600);
        Assert.Equal(
            [
                "spotify_etl.files {file}",
                "spotify_etl.freshness s",
                "spotify_etl.lake.calls {call}",
                "spotify_etl.rate_limits {response}",
                "spotify_etl.rejects {row}",
                "spotify_etl.retries {retry}",
                "spotify_etl.rows {row}",
                "spotify_etl.run.duration s",
                "spotify_etl.runs {run}"
            ],
            receiver.Points.Select(point => $"{point.Name} {point.Unit}").Where(name => name.StartsWith("spotify_etl", StringComparison.Ordinal))
                .Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(
            receiver.Logs, log => log.Text.StartsWith("Playlist 4hRz0PqVt2mXk9wYc7LbNa extracted", StringComparison.Ordinal) && log.TraceId == root.TraceId);
        Assert.Contains(receiver.Spans, span => span.Name == "function ExtractPlaylist");
        Assert.Equal("spotify-etl", receiver.Resource["service.name"]);
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_in_its_trace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var program = Program(receiver);
        foreach (var number in Enumerable.Range(0, 120))
        {
            program.Write($"raw/{number:000}.json", RawFile.Page($"s{number}x", 20));
        }

        using (var first = program.Start("run", "--raw", "raw"))
        {
            await receiver.WaitForAsync(span => Plain(span.Name) == "activity:TransformFile");
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var sentBefore = receiver.Spans.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(receiver.Spans, span => Plain(span.Name) == "orchestration:RunEtl");
        var second = await program.RunAsync("run", "--raw", "raw");

        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Contains(receiver.Spans, span => !sentBefore.Contains(span.SpanId));
        Assert.Single(receiver.Spans.Select(span => span.TraceId).Distinct());
        // A step whose span was sent, and that the kill kept from being written, ends the same span again.
        Assert.All(receiver.Spans.GroupBy(span => span.SpanId), sent => Assert.Single(sent.Select(span => span.Name).Distinct()));
        var orchestrations = receiver.Spans
            .Where(
                span => Plain(span.Name).StartsWith("orchestration:", StringComparison.Ordinal) && !IsEnvelope(span)
                    && !span.Name.EndsWith(":timer", StringComparison.Ordinal))
            .DistinctBy(span => span.SpanId).ToList();
        Assert.Equal(1 + 3 + Table.Crawled.Count, orchestrations.Count);
        Assert.Equal(orchestrations.Count, orchestrations.Select(span => span.Tags["durabletask.task.instance_id"]).Distinct().Count());
        // What is replayed has no span again; what was under way when the process was killed is done again.
        var files = receiver.Spans.Where(span => Plain(span.Name) == "activity:TransformFile" && !IsEnvelope(span)).ToList();
        Assert.InRange(
            files.Count - files.Select(span => (span.Tags["durabletask.task.instance_id"], span.Tags["durabletask.task.task_id"])).Distinct().Count(),
            0,
            MaxActivitiesAtOnce);
        // What had ended and was not sent went with the process, so a span that was sent by then may miss the one over it. No later one does.
        var known = receiver.Spans.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(s_edges, Edges(receiver.Spans, span => known.Contains(span.ParentSpanId) || !sentBefore.Contains(span.SpanId)), SameSet);
    }

    [Fact]
    public async Task Calls_of_AWS_are_spans_over_their_requests_and_no_key_is_in_them()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await AwsServer.StartAsync();
        server.S3.CreateBucket("lake-bucket");
        foreach (var table in Table.All)
        {
            server.Glue.Create(CatalogOptions.CrawlerOf(table));
        }

        using var program = Program(receiver);
        program.Settings["AWS_ENDPOINT_URL"] = server.Url;
        program.Settings["AWS_REGION"] = AwsServer.Region;
        program.Settings["AWS_ACCESS_KEY_ID"] = AwsServer.AccessKey;
        program.Settings["AWS_SECRET_ACCESS_KEY"] = AwsServer.SecretKey;
        program.Settings["AWS_EC2_METADATA_DISABLED"] = "true";
        program.Write("raw/a.json", RawFile.Page("s", 2));

        var run = await program.RunAsync("run", "--raw", "raw", "--lake", "s3://lake-bucket");

        Assert.True(run.ExitCode == 0, run.Errors);
        var edges = Edges(receiver.Spans);
        Assert.Superset(
            new HashSet<string>(
                [
                    "activity:TransformFile > S3.GetObject",
                    "S3.GetObject > GET",
                    "activity:TransformFile > S3.PutObject",
                    "S3.PutObject > PUT",
                    "activity:StartCrawler > Glue.StartCrawler",
                    "Glue.StartCrawler > POST"
                ],
                StringComparer.Ordinal),
            new HashSet<string>(edges, StringComparer.Ordinal));
        var read = receiver.Spans.First(span => span.Name == "S3.GetObject" && span.Status == 0);
        Assert.Equal(
            (Client, "aws-api", "S3", "GetObject", "200"),
            (read.Kind, read.Tags["rpc.system"], read.Tags["rpc.service"], read.Tags["rpc.method"], read.Tags["http.response.status_code"]));
        Assert.DoesNotContain(
            receiver.Spans,
            span => span.Tags.Values.Any(
                value => value.Contains(AwsServer.SecretKey, StringComparison.Ordinal) || value.Contains(AwsServer.AccessKey, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_run_that_is_started_over_HTTP_belongs_to_the_callers_trace_and_no_key_is_in_it()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var receiver = await OtlpReceiver.StartAsync();
        using var program = Program(receiver);
        program.Settings["EmbeddedHost__Http__MasterKey"] = "key-of-the-master";
        await using var serving = await program.ServeAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/runs?code=key-of-the-master")
        {
            Content = JsonContent.Create(new { runId = "mine", playlists = Array.Empty<string>() }),
        };
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");

        using var started = await serving.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Accepted, started.StatusCode);
        var run = await receiver.WaitForAsync(span => Plain(span.Name) == "orchestration:RunEtl");
        var call = await receiver.WaitForAsync(span => span.ParentSpanId == "00f067aa0ba902b7");
        Assert.Equal((Trace, Trace), (run.TraceId, call.TraceId));
        Assert.Equal(("POST /api/runs", Server, "/api/runs", "202"), (call.Name, call.Kind, call.Tags["url.path"], call.Tags["http.response.status_code"]));
        Assert.Superset(
            new HashSet<string>(["POST /api/runs > create_orchestration:RunEtl", "create_orchestration:RunEtl > orchestration:RunEtl"], StringComparer.Ordinal),
            new HashSet<string>(Edges(receiver.Spans), StringComparer.Ordinal));

        // Whatever it has to say it has then said.
        Assert.Equal(0, (await serving.StopAsync()).ExitCode);
        Assert.DoesNotContain(receiver.Spans, span => span.Tags.Values.Any(value => value.Contains("key-of-the-master", StringComparison.Ordinal)));
        Assert.NotEmpty(receiver.Logs);
        Assert.DoesNotContain(receiver.Logs, log => log.Text.Contains("key-of-the-master", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "somewhere", "OTEL_EXPORTER_OTLP_ENDPOINT is 'somewhere'; it must be the URL of an OTLP receiver")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'; it must be grpc or http/protobuf")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "s3cret", "APPLICATIONINSIGHTS_CONNECTION_STRING is set, and has no InstrumentationKey")]
    [InlineData("Notify__WebhookUrl", "s3cret", "Notify__WebhookUrl is no http or https URL")]
    [InlineData("Health__MaxAge", "long", "Health__MaxAge is 'long'; it must be a time such as 1.02:00:00")]
    [InlineData("Health__MaxAge", "-00:01:00", "Health__MaxAge is -00:01:00; it must be a time such as 1.02:00:00")]
    public async Task A_setting_that_is_not_allowed_is_told_before_anything_is_done(string setting, string value, string message)
    {
        using SpotifyEtlProgram program = new();
        program.Settings[setting] = value;

        var run = await program.RunAsync("run");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.Lake));
    }

    private static IEqualityComparer<IEnumerable<string>> SameSet { get; } = EqualityComparer<IEnumerable<string>>.Create(
        (a, b) => a!.Order(StringComparer.Ordinal).SequenceEqual(b!.Order(StringComparer.Ordinal), StringComparer.Ordinal), edges => edges.Count());

    // Parent and child by name; a parent that never came is a question mark. The worker's own span of an invocation stands for what was invoked,
    // and the framework's client span of an activity or a part, as long as its orchestration waits for it, for the work itself.
    private static List<string> Edges(IEnumerable<ReceivedSpan> spans, Func<ReceivedSpan, bool>? those = null)
    {
        var byId = spans.DistinctBy(span => span.SpanId).ToDictionary(span => span.SpanId, StringComparer.Ordinal);
        return
        [
            .. spans.Where(span => span.ParentSpanId.Length > 0 && !IsEnvelope(span) && (those is null || those(span)))
                .Select(span => $"{ParentOf(span)} > {Plain(span.Name)}")
                .Distinct(StringComparer.Ordinal),
        ];

        string ParentOf(ReceivedSpan span) => byId.GetValueOrDefault(span.ParentSpanId) switch
        {
            null => "?",
            var envelope when IsEnvelope(envelope) => ParentOf(envelope),
            var parent => Plain(parent.Name),
        };
    }

    private static bool IsEnvelope(ReceivedSpan span) =>
        span.Name.StartsWith(Invocation, StringComparison.Ordinal) || (span.Kind == Client && Plain(span.Name).Split(':')[0] is "activity" or "orchestration");

    private static string Plain(string name) => name.Replace("@(2.0)", string.Empty, StringComparison.Ordinal);

    private static string Row(string id) => JsonNode.Parse(RawFile.Page(id, 1))!["items"]![0]!.ToJsonString();

    private static SpotifyEtlProgram Program(OtlpReceiver receiver)
    {
        SpotifyEtlProgram program = new();
        receiver.Configure(program.Settings);
        return program;
    }
}
