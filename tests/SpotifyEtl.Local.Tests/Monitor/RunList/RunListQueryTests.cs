using DurableTask.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Monitor;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Tests.Monitor.RunList;

public sealed class RunListQueryTests
{
    [Fact]
    public void What_an_address_says_is_read_back_from_it_whatever_it_asks_for()
    {
        foreach (var status in RunInstances.Statuses.Cast<RunStatus?>().Append(null))
        {
            foreach (var order in Enum.GetValues<InstanceOrder>())
            {
                foreach (var id in (string[])["", "manual-", "a&b=c #?%+é<\"'"])
                {
                    RunListQuery query = new()
                    {
                        Status = status,
                        Order = order,
                        IdContains = id,
                        Descending = id.Length % 2 == 0,
                        From = id.Length > 0 ? new DateOnly(2026, 2, 28) : null,
                        To = status is null ? null : DateOnly.MaxValue,
                        Page = id.Length + 1,
                    };

                    Assert.Equal(query, Read(query.Address()));
                }
            }
        }
    }

    [Theory]
    [InlineData("/?status=99&sort=77&from=yesterday&to=2026-13-01&page=-1&order=x")]
    [InlineData("/?status=ContinuedAsNew&page=99999999999999999999")]
    [InlineData("/?status=&sort=&page=0")]
    public void What_cannot_be_read_does_not_restrict(string address) => Assert.Equal(new RunListQuery(), Read(address));

    [Fact]
    public void Days_are_whole_days_of_UTC_and_the_last_counts()
    {
        var filter = new RunListQuery { From = new DateOnly(2026, 3, 1), To = new DateOnly(2026, 3, 1), Page = 3 }.ToFilter();

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), filter.CreatedFrom);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), filter.CreatedBefore);
        Assert.Equal((100, 50), (filter.Skip, filter.Take));
    }

    [Fact]
    public void A_column_that_orders_already_turns_the_order_round()
    {
        RunListQuery newest = new() { Page = 4 };

        Assert.Equal((InstanceOrder.CreatedAt, false, 1), Of(newest.OrderedBy(InstanceOrder.CreatedAt)));
        Assert.Equal((InstanceOrder.InstanceId, false, 1), Of(newest.OrderedBy(InstanceOrder.InstanceId)));
        Assert.Equal((InstanceOrder.Duration, true, 1), Of(newest.OrderedBy(InstanceOrder.Duration)));

        static (InstanceOrder, bool, int) Of(RunListQuery query) => (query.Order, query.Descending, query.Page);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0421, "42 ms")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(48_925, "13 h 35 min")]
    [InlineData(36_000_000, "10,000 h 0 min")]
    public void Durations_read_at_a_glance(double seconds, string text) => Assert.Equal(text, MonitorText.Duration(TimeSpan.FromSeconds(seconds)));

    private static RunListQuery Read(string address) =>
        RunListQuery.Read(
            new QueryCollection(
                QueryHelpers.ParseQuery(
                    address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : string.Empty)));
}
