using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Tests.Demo;

public sealed class DemoServicesTests
{
    private static readonly DateTimeOffset s_runStart = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_demo_is_extracted_by_the_same_client_that_spotify_is()
    {
        var lake = new OneObjectLake();
        await using var services = Services(lake);

        var outcome = await services.GetRequiredService<PlaylistExtractor>().ExtractAsync(
            DemoPlaylist.Id, s_runStart, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            PlaylistResult.Loaded(
                DemoPlaylist.Id,
                DemoPlaylist.Name,
                DemoPlaylist.SnapshotId,
                60,
                "raw_data/to_process/spotify_raw_SpotifyEtlDemoPlaylist_20261122T060000Z.json"),
            outcome.Playlist);
        Assert.Equal(outcome.Playlist!.RawKey, lake.Key);
        var text = Encoding.UTF8.GetString(lake.Bytes);
        using var raw = JsonDocument.Parse(lake.Bytes);
        Assert.Equal(["playlist", "extracted_at", "items"], raw.RootElement.EnumerateObject().Select(member => member.Name));
        var head = raw.RootElement.GetProperty("playlist");
        Assert.Equal(DemoPlaylist.Description, head.GetProperty("description").GetString());
        Assert.Equal(DemoPlaylist.Followers, head.GetProperty("followers").GetProperty("total").GetInt32());
        Assert.NotEmpty(head.GetProperty("images").EnumerateArray());
        Assert.Equal("href limit next offset previous total", string.Join(' ', head.GetProperty("items").EnumerateObject().Select(member => member.Name)));
        Assert.EndsWith("\n" + string.Join(",\n", DemoPlaylist.Rows.Select(Encoding.UTF8.GetString)) + "\n]}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_plays_are_extracted_by_the_same_client_that_a_users_are()
    {
        var lake = new OneObjectLake();
        await using var services = Services(lake);

        var outcome = await services.GetRequiredService<SourceExtractor>().ExtractAsync(
            DemoPlays.Source, s_runStart, playedUntil: null, TestContext.Current.CancellationToken);

        Assert.Equal(
            (PlaylistStatus.Loaded, 40, "raw_data/to_process/spotify_raw_me-player-recently-played-spotify-etl-demo_20261122T060000Z.json"),
            (outcome.Source!.Status, outcome.Source.Items, outcome.Source.RawKey));
        Assert.EndsWith(
            "\n" + string.Join(",\n", DemoPlays.Newest.Select(play => Encoding.UTF8.GetString(play.Row.Span))) + "\n]}\n",
            Encoding.UTF8.GetString(lake.Bytes),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_replaces_what_is_configured()
    {
        await using var services = Services(new OneObjectLake());

        var options = services.GetRequiredService<IOptions<SpotifyOptions>>().Value;

        Assert.Equal(DemoPlaylist.Id, Assert.Single(options.Selection().Playlists));
        Assert.Equal(DemoPlays.Source, Assert.Single(options.Selection().Sources));
        Assert.True(options.HasCredentials);
        Assert.Null(options.ApiBaseUrl);
    }

    private static ServiceProvider Services(ILake lake)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                [new("Spotify:Playlists", "4hRz0PqVt2mXk9wYc7LbNa"), new("Spotify:ApiBaseUrl", "http://127.0.0.1:9/"), new("Spotify:Market", "SE")])
            .Build();
        return new ServiceCollection().AddLogging().AddSingleton(lake).AddSpotify(configuration).AddDemoSpotify().BuildServiceProvider();
    }

    private sealed class OneObjectLake : ILake
    {
        public string Location => "memory:";

        public string? Key { get; private set; }

        public byte[] Bytes { get; private set; } = [];

        public Task PrepareAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task<LakeObjectWriter> CreateAsync(string key, CancellationToken cancellationToken = default) =>
            Task.FromResult<LakeObjectWriter>(new Writer(this, key));

        public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<LakeObject?> FindAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task MoveAsync(string sourceKey, string destinationKey, string sha256, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task SetAsideAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public string? FaultOfName(string rawFileName) => null;

        public Task UpdateAsync(string key, Func<byte[]?, byte[]?> change, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<LakeReplacement> BeginReplacementAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        private sealed class Writer(OneObjectLake lake, string key) : LakeObjectWriter
        {
            public override MemoryStream Stream { get; } = new();

            public override Task CommitAsync(CancellationToken cancellationToken = default)
            {
                (lake.Key, lake.Bytes) = (key, Stream.ToArray());
                return Task.CompletedTask;
            }

            public override ValueTask DisposeAsync() => Stream.DisposeAsync();
        }
    }
}
