using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Local.Tests.Telemetry;

/// <summary>Takes what is exported over OTLP, as HTTP with protobuf, on loopback.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);
            Take(signal, new ProtobufFields(body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];

    public ConcurrentQueue<ReceivedPoint> Points { get; } = [];

    public ConcurrentQueue<ReceivedLog> Logs { get; } = [];

    public ConcurrentDictionary<string, string> Resource { get; } = new(StringComparer.Ordinal);

    public static async Task<OtlpReceiver> StartAsync()
    {
        OtlpReceiver receiver = new();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The settings that make a program export here, and soon.</summary>
    public void Configure(Dictionary<string, string> settings)
    {
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First();
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "50";
    }

    /// <summary>Waits until a span came that is as asked for.</summary>
    public async Task<ReceivedSpan> WaitForAsync(Func<ReceivedSpan, bool> isIt)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        var start = Stopwatch.GetTimestamp();
        ReceivedSpan? found;
        while ((found = Spans.FirstOrDefault(isIt)) is null)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, $"It did not come. These did: {string.Join(", ", Spans.Select(span => span.Name))}");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return found;
    }

    /// <summary>The sum of a counter's last values whose tags hold a text.</summary>
    public double Value(string name, string tag = "") => Points
        .Where(point => point.Name == name && (tag.Length == 0 || point.Tags.ContainsValue(tag)))
        .GroupBy(point => string.Join(',', point.Tags.Order()), StringComparer.Ordinal)
        .Sum(series => series.Last().Value);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Take(string signal, ProtobufFields request)
    {
        foreach (var ofResource in request.Messages(1))
        {
            foreach (var (name, value) in Tags(ofResource.Message(1)!, 1))
            {
                Resource[name] = value;
            }

            foreach (var record in ofResource.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                switch (signal)
                {
                    case "traces":
                        Spans.Enqueue(new ReceivedSpan(
                            record.Hex(1),
                            record.Hex(2),
                            record.Hex(4),
                            record.Text(5),
                            (int)record.Number(6),
                            record.Number(7),
                            record.Number(8),
                            Tags(record, 9),
                            (int)(record.Message(15)?.Number(3) ?? 0)));
                        break;
                    case "metrics":
                        TakeMetric(record);
                        break;
                    case "logs":
                        Logs.Enqueue(new ReceivedLog(record.Message(5)?.Text(1) ?? string.Empty, record.Hex(9)));
                        break;
                }
            }
        }
    }

    // A metric's data is a gauge (5), a sum (7) or a histogram (9).
    private void TakeMetric(ProtobufFields metric)
    {
        foreach (var point in new[] { 5, 7 }.SelectMany(metric.Messages).SelectMany(data => data.Messages(1)))
        {
            Points.Enqueue(new ReceivedPoint(metric.Text(1), metric.Text(3), Tags(point, 7), point.Has(4) ? point.Double(4) : (long)point.Number(6)));
        }

        foreach (var point in metric.Messages(9).SelectMany(data => data.Messages(1)))
        {
            Points.Enqueue(new ReceivedPoint(metric.Text(1), metric.Text(3), Tags(point, 9), point.Double(5)));
        }
    }

    private static Dictionary<string, string> Tags(ProtobufFields of, int number) =>
        of.Messages(number).ToDictionary(tag => tag.Text(1), tag => Value(tag.Message(2)!), StringComparer.Ordinal);

    private static string Value(ProtobufFields value) => value switch
    {
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(3) => ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(4) => value.Double(4).ToString(CultureInfo.InvariantCulture),
        _ => value.Number(2) != 0 ? "true" : "false",
    };
}

/// <summary>A span. Kinds: 1 internal, 2 server, 3 client, 4 producer. Status 2 is an error.</summary>
internal sealed record ReceivedSpan(
    string TraceId, string SpanId, string ParentSpanId, string Name, int Kind, ulong Start, ulong End, IReadOnlyDictionary<string, string> Tags, int Status);

/// <summary>One value of a metric; of a histogram the sum.</summary>
internal sealed record ReceivedPoint(string Name, string Unit, Dictionary<string, string> Tags, double Value);

/// <summary>A log line.</summary>
internal sealed record ReceivedLog(string Text, string TraceId);
