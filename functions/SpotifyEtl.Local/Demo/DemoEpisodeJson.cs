using System.Text.Json;

namespace SpotifyEtl.Local.Demo;

/// <summary>Writes the podcast episode that stands among the songs of the demo as the Web API does, field for field.</summary>
internal static class DemoEpisodeJson
{
    public static byte[] Row(DateTime addedAt) => DemoJson.Row(addedAt, isLocal: false, json =>
    {
        const string Name = "Episode 12: how a lighthouse learned to hum";
        const string Description = "The keeper's granddaughter on foghorns, patience and the note that ships steer by.";
        json.WriteNull("audio_preview_url");
        json.WriteString("description", Description);
        json.WriteNumber("duration_ms", DemoJson.Milliseconds("41:07"));
        json.WriteBoolean("episode", true);
        json.WriteBoolean("explicit", false);
        DemoJson.WriteLinks(json, "episode", DemoId.Of("episode", Name));
        json.WriteString("html_description", $"<p>{Description}</p>");
        DemoJson.WriteImages(json, Name);
        json.WriteBoolean("is_externally_hosted", false);
        json.WriteBoolean("is_playable", true);
        WriteLanguages(json, withMain: true);
        json.WriteString("name", Name);
        json.WriteString("release_date", "2026-07-24");
        json.WriteString("release_date_precision", "day");
        WriteShow(json);
        json.WriteBoolean("track", false);
        DemoJson.WriteType(json, "episode", DemoId.Of("episode", Name));
    });

    private static void WriteShow(Utf8JsonWriter json)
    {
        const string Name = "Liner Notes for Nobody";
        const string Description = "Stories behind records that were never made.";
        json.WriteStartObject("show");
        DemoJson.WriteMarkets(json);
        DemoJson.WriteEmptyArrays(json, "copyrights");
        json.WriteString("description", Description);
        json.WriteBoolean("explicit", false);
        DemoJson.WriteLinks(json, "show", DemoId.Of("show", Name));
        json.WriteString("html_description", $"<p>{Description}</p>");
        DemoJson.WriteImages(json, Name);
        json.WriteBoolean("is_externally_hosted", false);
        WriteLanguages(json, withMain: false);
        json.WriteString("media_type", "audio");
        json.WriteString("name", Name);
        json.WriteString("publisher", "Lighthouse Radio");
        json.WriteNumber("total_episodes", 12);
        DemoJson.WriteType(json, "show", DemoId.Of("show", Name));
        json.WriteEndObject();
    }

    private static void WriteLanguages(Utf8JsonWriter json, bool withMain)
    {
        if (withMain)
        {
            json.WriteString("language", "en");
        }

        json.WriteStartArray("languages");
        json.WriteStringValue("en");
        json.WriteEndArray();
    }
}
