using DurableTask.Core;
using DurableTask.Core.Query;
using EmbeddedHost.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Client.Grpc;
using Enum = System.Enum;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class InstanceFiltersTests
{
    private static readonly OrchestrationStatus[] s_live =
        [OrchestrationStatus.Running, OrchestrationStatus.ContinuedAsNew, OrchestrationStatus.Pending, OrchestrationStatus.Suspended];

    [Fact]
    public void Statuses_have_the_same_numbers_and_names_on_both_sides()
    {
        Assert.Equal(
            Enum.GetValues<OrchestrationStatus>().Select(s => ((int)s, s.ToString())),
            Enum.GetValues<P.OrchestrationStatus>().Select(s => ((int)s, s.ToString())).Order());
        Assert.All(Enum.GetValues<OrchestrationStatus>(), s => Assert.Equal(s, s.ToProto().ToCore()));
        Assert.Equal(s_live.Order(), Enum.GetValues<OrchestrationStatus>().Where(s => s.IsLive()).Order());
    }

    [Property]
    public Property What_a_client_would_not_replace_is_kept() =>
        Prop.ForAll(Gen.SubListOf<P.OrchestrationStatus>([.. ProtoUtils.GetAllStatuses()]).ToArbitrary(), wish =>
    {
        P.OrchestrationIdReusePolicy policy = ProtoUtils.ConvertDedupeStatusesToReusePolicy(wish);

        // Clients have no word for ContinuedAsNew, so that they never call it replaceable.
        Assert.Equal(
            wish.Select(s => s.ToCore()).Append(OrchestrationStatus.ContinuedAsNew).Order(), ReusePolicy.ToDedupeStatuses(policy, replaceLive: true).Order());
        Assert.Equal(wish.Select(s => s.ToCore()).Union(s_live).Order(), ReusePolicy.ToDedupeStatuses(policy).Order());
    });

    [Fact]
    public void Without_a_wish_live_instances_are_kept_and_ended_ones_replaced()
    {
        Assert.Equal(s_live.Order(), ReusePolicy.ToDedupeStatuses(null).Order());
        Assert.Empty(ReusePolicy.ToDedupeStatuses(null, replaceLive: true));
    }

    [Fact]
    public void A_query_is_taken_whole()
    {
        DateTime from = new(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);

        OrchestrationQuery query = new P.InstanceQuery
        {
            RuntimeStatus = { P.OrchestrationStatus.Failed },
            CreatedTimeFrom = from.ToTimestamp(),
            CreatedTimeTo = from.AddDays(1).ToTimestamp(),
            TaskHubNames = { "hub" },
            MaxInstanceCount = 3,
            ContinuationToken = "t",
            InstanceIdPrefix = "p",
            FetchInputsAndOutputs = true,
        }.ToCore();

        Assert.Equal([OrchestrationStatus.Failed], query.RuntimeStatus!);
        Assert.Equal((from, from.AddDays(1)), (query.CreatedTimeFrom, query.CreatedTimeTo));
        Assert.Equal(["hub"], query.TaskHubNames!);
        Assert.Equal((3, "t", "p", true), (query.PageSize, query.ContinuationToken, query.InstanceIdPrefix, query.FetchInputsAndOutputs));
    }

    [Fact]
    public void A_query_that_says_nothing_asks_for_everything_by_pages()
    {
        OrchestrationQuery query = new P.InstanceQuery { ContinuationToken = "", InstanceIdPrefix = "" }.ToCore();

        Assert.Null(query.RuntimeStatus);
        Assert.Null(query.CreatedTimeFrom);
        Assert.Null(query.TaskHubNames);
        Assert.Equal((100, null, null, false), (query.PageSize, query.ContinuationToken, query.InstanceIdPrefix, query.FetchInputsAndOutputs));
        Assert.Equal(100, ((P.InstanceQuery?)null).ToCore().PageSize);
    }

    [Property]
    public Property A_purge_never_names_a_live_status() => Prop.ForAll(CoreSamples.Status.ListOf().ToArbitrary(), statuses =>
    {
        PurgeInstanceFilter? filter = new P.PurgeInstanceFilter { RuntimeStatus = { statuses.Select(s => s.ToProto()) } }.ToCore();

        IEnumerable<OrchestrationStatus> meant = statuses.Count == 0 ? Enum.GetValues<OrchestrationStatus>() : statuses;
        Assert.Equal(meant.Except(s_live).Order(), filter?.RuntimeStatus?.Order() ?? Enumerable.Empty<OrchestrationStatus>());
        Assert.Equal(filter is null, !meant.Except(s_live).Any());
    });

    [Fact]
    public void A_purge_keeps_its_times()
    {
        DateTime from = new(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);

        PurgeInstanceFilter filter = new P.PurgeInstanceFilter
        {
            CreatedTimeFrom = from.ToTimestamp(),
            CreatedTimeTo = from.AddDays(1).ToTimestamp(),
            Timeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        }.ToCore()!;

        Assert.Equal((from, from.AddDays(1), TimeSpan.FromSeconds(5)), (filter.CreatedTimeFrom, filter.CreatedTimeTo, filter.Timeout));
        Assert.Equal(DateTime.MinValue, new P.PurgeInstanceFilter().ToCore()!.CreatedTimeFrom);
    }
}
