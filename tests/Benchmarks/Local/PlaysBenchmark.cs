using System.Globalization;
using System.Text;

namespace Benchmarks.Local;

/// <summary>
/// The program over the streaming history of ten years: a million plays in files as Spotify exports them. Each figure is printed beside its limit.
/// </summary>
/// <param name="folder">Where the files and the lakes are.</param>
/// <param name="unordered">Whether each file has plays of all years, as those of before 2023 have; else the files follow one another.</param>
/// <param name="files">How many files there are.</param>
internal sealed class PlaysBenchmark(string folder, bool unordered, int files)
{
    private const int Million = 1_000_000;
    private const int Songs = 20_000;
    private const int Artists = 3_000;
    private const int Rounds = 3;

    // Some sixteen thousand each, as in an export.
    private const int FilesOfExport = 62;

    private static readonly DateTime s_first = new(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan s_years = TimeSpan.FromDays(3652);

    public static async Task RunAsync(bool unordered, bool oneFile)
    {
        var folder = Directory.CreateTempSubdirectory("plays-benchmark-");
        try
        {
            await new PlaysBenchmark(folder.FullName, unordered, oneFile ? 1 : FilesOfExport).MeasureAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync()
    {
        Write();
        List<ProgramRun> loads = [];
        List<ProgramRun> queries = [];
        for (var round = 0; round < Rounds; round++)
        {
            loads.Add(await RunAsync("run", "--raw", "export", "--lake", $"lake-{round}", "--state", $"state-{round}", "--json"));
            queries.Add(await RunAsync("query", "--name", "plays_per_day", "--lake", $"lake-{round}"));
        }

        Figure.Print("plays.1000000.rows_per_s", Million / Median(loads).Time.TotalSeconds, "1/s", atLeast: 100_000);
        Figure.Print("plays.1000000.peak_mb", loads.Max(round => round.PeakMegabytes), "MB", atMost: 250);
        Figure.Print("plays.1000000.plays_per_day_s", Median(queries).Time.TotalSeconds, "s", atMost: 1);
        Figure.Print("plays.1000000.plays_per_day.peak_mb", queries.Max(round => round.PeakMegabytes), "MB");
    }

    private void Write()
    {
        var export = Directory.CreateDirectory(Path.Combine(folder, "export")).FullName;
        var writers = Enumerable.Range(0, files).Select(file => new StreamWriter(Path.Combine(export, $"Streaming_History_Audio_{file}.json"))).ToArray();
        var step = s_years / Million;
        var state = 1u;
        var counts = new int[files];
        for (var play = 0; play < Million; play++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            var file = unordered ? (int)((state >> 8) % (uint)files) : (int)((long)play * files / Million);
            // Some songs are played far more often than others.
            var song = (int)((long)(state >> 12) * (state >> 12) % Songs);
            writers[file].Write(counts[file]++ == 0 ? "[" : ",");
            writers[file].Write(Row(s_first + (play * step), song, msPlayed: (int)(state >> 14)));
        }

        foreach (var writer in writers)
        {
            writer.Write("]");
            writer.Dispose();
        }
    }

    private static string Row(DateTime time, int song, int msPlayed) => new StringBuilder()
        .Append("{\"ts\":\"").Append(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        .Append("\",\"platform\":\"Android OS 11 API 30 (invented, phone)\",\"ms_played\":").Append(msPlayed)
        .Append(",\"conn_country\":\"SE\",\"ip_addr\":\"203.0.113.7\",\"master_metadata_track_name\":\"Song number ").Append(song)
        .Append("\",\"master_metadata_album_artist_name\":\"Artist number ").Append(song % Artists)
        .Append("\",\"master_metadata_album_album_name\":\"Album number ").Append(song / 10)
        .Append("\",\"spotify_track_uri\":\"spotify:track:4hRz0PqVt2mXk9wY").Append(song.ToString("D6", CultureInfo.InvariantCulture))
        .Append("\",\"episode_name\":null,\"episode_show_name\":null,\"spotify_episode_uri\":null,\"audiobook_title\":null,\"audiobook_uri\":null,")
        .Append("\"audiobook_chapter_uri\":null,\"audiobook_chapter_title\":null,\"reason_start\":\"trackdone\",\"reason_end\":\"trackdone\",")
        .Append("\"shuffle\":true,\"skipped\":false,\"offline\":false,\"offline_timestamp\":1717567000,\"incognito_mode\":false}")
        .ToString();

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.MeasureAsync(folder, arguments);

    private static ProgramRun Median(List<ProgramRun> rounds) => rounds.OrderBy(round => round.Time).ElementAt(Rounds / 2);
}
