using System.Text;
using System.Text.Json.Nodes;
using SpotifyEtl.Activities;
using SpotifyEtl.Analytics;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Functions.Tests.Analytics;

/// <summary>A lake in memory whose raw files are transformed as a run does it, and whose months are written.</summary>
internal sealed class TypedLake
{
    public const string PlaylistId = "37i9dQZEVXbMDoHDwVN2tF";

    private readonly MonthIndex _index;
    private int _runs;

    public TypedLake()
    {
        _index = new MonthIndex(Lake, new LakeRecords(Lake));
        Writer = new MonthWriter(Lake, _index);
    }

    public MemoryLake Lake { get; } = new();

    public MonthWriter Writer { get; }

    /// <summary>The keys of the typed tables, and their bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Typed =>
        Lake.Keys.Where(key => key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal)).ToDictionary(key => key, key => Lake[key], StringComparer.Ordinal);

    public Task<IReadOnlyList<string>> DueAsync() => _index.ListDueAsync(TestContext.Current.CancellationToken);

    public Task<MonthRecord?> RecordAsync(string month) => _index.FindAsync(month, TestContext.Current.CancellationToken);

    /// <summary>Loads a raw file, up to what comes before its move.</summary>
    public async Task<TransformFileResult> LoadAsync(string name, JsonNode document)
    {
        Lake[LakeKeys.ToProcess + name] = Encoding.UTF8.GetBytes(document.ToJsonString());
        return await TransformAsync(name);
    }

    public Task<TransformFileResult> TransformAsync(string name) => new TransformFile(
        new RawFileTransformer(Lake, new QualityOptions(), RawFileLimits.Default),
        Lake,
        new FileMonths(Lake, _index),
        new RunRecords(new LakeRecords(Lake)),
        TimeProvider.System).RunAsync(new TransformFileRequest($"run-{++_runs}", name), TestContext.Current.CancellationToken);

    /// <summary>Writes what is due.</summary>
    public async Task<IReadOnlyList<MonthResult>> WriteAsync()
    {
        List<MonthResult> results = [];
        foreach (var month in await DueAsync())
        {
            results.Add(await Writer.WriteAsync(month, TestContext.Current.CancellationToken));
        }

        return results;
    }

    /// <summary>Builds all months from their CSV alone.</summary>
    public async Task RebuildAsync()
    {
        foreach (var key in Lake.Keys.Where(key => key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal)).ToList())
        {
            await Lake.DeleteAsync(key, TestContext.Current.CancellationToken);
        }

        foreach (var key in Lake.Keys.Where(key => key.StartsWith(LakeKeys.Months, StringComparison.Ordinal)).ToList())
        {
            var month = key[LakeKeys.Months.Length..].Split('/')[0];
            if (!month.EndsWith(".json", StringComparison.Ordinal))
            {
                await Lake.DeleteAsync(LakeKeys.MonthRecord(month), TestContext.Current.CancellationToken);
                await Writer.WriteAsync(month, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The name of a playlist's file of a day.</summary>
    public static string NameOf(string month, int day, string playlist = PlaylistId) =>
        $"spotify_raw_{playlist}_{month.Replace("-", "", StringComparison.Ordinal)}{day:00}T060000Z.json";

    /// <summary>A playlist of these songs, extracted on a day.</summary>
    public static JsonNode Playlist(string month, int day, params string[] songs)
    {
        var own = MadeUp.Own([.. songs.Select(MadeUp.Row)]);
        own["extracted_at"] = $"{month}-{day:00}T06:00:00Z";
        return own;
    }
}
