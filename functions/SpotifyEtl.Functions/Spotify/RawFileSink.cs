using SpotifyEtl.Lake;

namespace SpotifyEtl.Spotify;

/// <summary>Puts a list's rows into its raw file.</summary>
internal sealed class RawFileSink : IRowSink
{
    private readonly LakeObjectWriter _file;
    private readonly RawFileWriter _raw;
    private readonly DateTimeOffset _runStart;

    private RawFileSink(LakeObjectWriter file, DateTimeOffset runStart)
    {
        _file = file;
        _raw = new RawFileWriter(file.Stream);
        _runStart = runStart;
    }

    public static async Task<IRowSink> OpenAsync(ILake lake, string key, DateTimeOffset runStart, CancellationToken cancellationToken) =>
        new RawFileSink(await lake.CreateAsync(key, cancellationToken), runStart);

    public Task BeginAsync(PlaylistHead head, CancellationToken cancellationToken) => _raw.BeginAsync("playlist", head.Json, _runStart, cancellationToken);

    public Task WriteAsync(PlaylistPage page, CancellationToken cancellationToken) => _raw.WriteAsync(page.Rows, cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _raw.EndAsync(cancellationToken);
        await _file.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
