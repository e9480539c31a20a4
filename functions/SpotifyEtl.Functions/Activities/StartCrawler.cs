using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Activities;

/// <summary>Starts a crawler. False: it was running already, and may have missed what is new.</summary>
public sealed class StartCrawler(ICrawlers crawlers)
{
    [Function(nameof(StartCrawler))]
    public Task<bool> RunAsync([ActivityTrigger] StartCrawlerRequest request, CancellationToken cancellationToken) =>
        crawlers.StartAsync(request.Crawler, request.Full, cancellationToken);
}

/// <summary>The crawler to start, and whether it is to look at all files and not just at those that changed.</summary>
[JsonConverter(typeof(StartCrawlerRequestJson))]
public sealed record StartCrawlerRequest(string Crawler, bool Full);

/// <summary>Payloads have it as the crawler's name, as those of runs that began before a crawl could be a full one; as an object if it is one.</summary>
internal sealed class StartCrawlerRequestJson : JsonConverter<StartCrawlerRequest>
{
    public override StartCrawlerRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return new StartCrawlerRequest(reader.GetString()!, Full: false);
        }

        using var fields = JsonDocument.ParseValue(ref reader);
        return new StartCrawlerRequest(fields.RootElement.GetProperty("crawler").GetString()!, fields.RootElement.GetProperty("full").GetBoolean());
    }

    public override void Write(Utf8JsonWriter writer, StartCrawlerRequest value, JsonSerializerOptions options)
    {
        if (!value.Full)
        {
            writer.WriteStringValue(value.Crawler);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("crawler", value.Crawler);
        writer.WriteBoolean("full", value.Full);
        writer.WriteEndObject();
    }
}
