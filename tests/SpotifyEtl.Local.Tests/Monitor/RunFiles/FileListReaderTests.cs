using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Monitor.RunFiles;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Monitor.RunFiles;

/// <summary>The files of runs from the records in a folder.</summary>
public sealed class FileListReaderTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);
    private static readonly RunRow s_live = new("r", RunStatus.Running, s_start, TimeSpan.FromSeconds(1));
    private static readonly RunRow s_ended = new("r", RunStatus.Succeeded, s_start, TimeSpan.FromSeconds(9));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("files-");
    private readonly FakeTimeProvider _time = new(s_start);
    private readonly RunRecords _records;
    private readonly FileListReader _reader;

    public FileListReaderTests()
    {
        FolderLake lake = new(_folder.FullName);
        LakeRecords records = new(lake);
        _records = new RunRecords(records);
        _reader = new FileListReader(lake, records, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_goes_on_shows_the_files_that_are_done_so_far_and_at_its_end_what_the_records_say_then()
    {
        Assert.Equal(0, (await ReadAsync(s_live)).Total);

        await WriteAsync("a.json", elapsedMs: 1);
        _time.Advance(TimeSpan.FromMinutes(1));
        var one = await ReadAsync(s_live);
        await WriteAsync("a.json", elapsedMs: 2);
        await WriteAsync("b.json", elapsedMs: 3);
        _time.Advance(TimeSpan.FromMinutes(1));
        var two = await ReadAsync(s_live);
        var end = await ReadAsync(s_ended);

        Assert.Equal([1L], one.Rows.Select(file => file.ElapsedMs));
        Assert.Equal(2, two.Total);
        Assert.Equal([2L, 3L], end.Rows.Select(file => file.ElapsedMs));
    }

    [Fact]
    public async Task The_records_of_an_ended_run_are_read_once()
    {
        await WriteAsync("a.json", elapsedMs: 1);
        await ReadAsync(s_ended);
        Directory.Delete(Path.Combine(_folder.FullName, "run_data"), recursive: true);

        var again = await ReadAsync(s_ended);
        var another = await ReadAsync(s_ended with { Duration = TimeSpan.FromHours(1) });

        Assert.Equal((1, 0), (again.Total, another.Total));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_left_out()
    {
        await WriteAsync("a.json", elapsedMs: 1);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "run_data", "files", "r", "b.json"), "{ cut", Cancellation);

        Assert.Equal(["a.json"], (await ReadAsync(s_ended)).Rows.Select(file => file.File));
    }

    [Fact]
    public async Task Of_more_files_than_a_page_may_cost_the_first_by_name_are_shown()
    {
        await WriteAsync("00000.json", elapsedMs: 1);
        var files = Path.Combine(_folder.FullName, "run_data", "files", "r");
        var text = await File.ReadAllTextAsync(Path.Combine(files, "00000.json"), Cancellation);
        for (var number = 1; number <= FileListReader.MostFiles; number++)
        {
            var name = number.ToString("00000", CultureInfo.InvariantCulture);
            File.WriteAllText(Path.Combine(files, name + ".json"), text.Replace("00000", name, StringComparison.Ordinal));
        }

        var list = await ReadAsync(s_ended, new FileListQuery { Order = FileOrder.Name });

        Assert.True(list.IsCut);
        Assert.Equal((FileListReader.MostFiles, "04999.json"), (list.Total, list.Rows[0].File));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<FileList> ReadAsync(RunRow run, FileListQuery? query = null) => _reader.ReadAsync(run, query ?? new FileListQuery(), Cancellation);

    private Task WriteAsync(string name, long elapsedMs) => _records.WriteFileAsync(
        "r",
        new FileRecord
        {
            RunId = "r",
            RawFile = name,
            Stem = Path.GetFileNameWithoutExtension(name),
            RawSha256 = new string('0', 64),
            Items = 0,
            Rows = RowCounts.None,
            Rejected = new Dictionary<string, long>(StringComparer.Ordinal),
            Tables = [],
            StartedAt = s_start,
            ElapsedMs = elapsedMs,
        },
        Cancellation);
}
