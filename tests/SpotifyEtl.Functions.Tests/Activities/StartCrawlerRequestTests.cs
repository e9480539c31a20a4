using Microsoft.DurableTask.Converters;
using SpotifyEtl.Activities;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Functions.Tests.Activities;

/// <summary>What travels to the activity, in runs of this version and in those that began in an earlier one.</summary>
public sealed class StartCrawlerRequestTests
{
    private static readonly JsonDataConverter s_json = new(PayloadJson.Options);

    [Fact]
    public void The_name_alone_that_runs_of_the_first_version_send_starts_a_crawl_that_is_no_full_one() =>
        Assert.Equal(new StartCrawlerRequest("spotify_song_crawler", Full: false), Read("\"spotify_song_crawler\""));

    [Theory]
    [InlineData(false, "\"spotify_song_crawler\"")]
    [InlineData(true, "{\"crawler\":\"spotify_song_crawler\",\"full\":true}")]
    public void A_request_is_read_as_it_was_written(bool full, string json)
    {
        StartCrawlerRequest request = new("spotify_song_crawler", full);

        Assert.Equal(json, s_json.Serialize(request));
        Assert.Equal(request, Read(json));
    }

    private static object? Read(string json) => s_json.Deserialize(json, typeof(StartCrawlerRequest));
}
