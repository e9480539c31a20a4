using SpotifyEtl.Activities;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Analytics;
using SpotifyEtl.Functions.Tests.Catalog;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Activities;

public sealed class WriteMonthTests
{
    private const string Month = "2026-11";

    private readonly TypedLake _typed = new();
    private readonly RecordingMonths _catalog = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_catalog_is_told_of_every_typed_table_before_the_month_is_due_no_more()
    {
        await _typed.LoadAsync(TypedLake.NameOf(Month, 1), TypedLake.Playlist(Month, 1, "s1"));
        IReadOnlyList<string> due = [];
        _catalog.Registering = () => due = _typed.DueAsync().GetAwaiter().GetResult();

        var result = await new WriteMonth(_typed.Writer, _catalog).RunAsync(Month, Cancellation);

        Assert.Equal([Month], due);
        Assert.Equal(Table.All.Select(table => $"{Month} {table.TypedName}"), _catalog.Registered);
        Assert.Empty(result.Warnings);
        Assert.Equal(1, result.Rows[Table.Song]);
    }

    [Fact]
    public async Task A_right_that_the_stack_of_an_earlier_version_does_not_give_is_a_warning_and_the_month_stays_due()
    {
        await _typed.LoadAsync(TypedLake.NameOf(Month, 1), TypedLake.Playlist(Month, 1, "s1"));
        _typed.Lake.Before = (step, key) =>
        {
            if (key.StartsWith(LakeKeys.Analytics, StringComparison.Ordinal))
            {
                throw new PermanentEtlException("Cannot read it.") { IsAccessDenied = true };
            }
        };

        var result = await new WriteMonth(_typed.Writer, _catalog).RunAsync(Month, Cancellation);

        Assert.StartsWith("The typed tables of 2026-11 lack what is new: Cannot read it.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal([Month], await _typed.DueAsync());
    }

    [Fact]
    public async Task What_the_catalog_could_not_be_told_is_a_warning_of_the_month()
    {
        await _typed.LoadAsync(TypedLake.NameOf(Month, 1), TypedLake.Playlist(Month, 1, "s1"));
        _catalog.Warnings = ["Athena does not show songs."];

        var result = await new WriteMonth(_typed.Writer, _catalog).RunAsync(Month, Cancellation);

        Assert.Equal(["Athena does not show songs."], result.Warnings);
    }

    [Fact]
    public async Task Run_twice_it_tells_the_catalog_twice_and_says_the_same()
    {
        await _typed.LoadAsync(TypedLake.NameOf(Month, 1), TypedLake.Playlist(Month, 1, "s1"));
        WriteMonth activity = new(_typed.Writer, _catalog);

        var first = await activity.RunAsync(Month, Cancellation);
        var once = _catalog.Registered;
        var second = await activity.RunAsync(Month, Cancellation);

        Assert.Equal(first.Rows, second.Rows);
        Assert.Equal([.. once, .. once], _catalog.Registered);
    }
}
