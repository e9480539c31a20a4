using System.Globalization;
using System.Text.Encodings.Web;
using DurableTask.Core;
using DurableTask.Sqlite;
using Microsoft.AspNetCore.Http;
using SpotifyEtl.Instances;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>Which runs the list shows: the query string of its address. What cannot be read there does not restrict.</summary>
public sealed record RunListQuery
{
    public const int PageSize = 50;

    public RunStatus? Status { get; init; }

    public string IdContains { get; init; } = string.Empty;

    /// <summary>The first day (UTC).</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day (UTC).</summary>
    public DateOnly? To { get; init; }

    public InstanceOrder Order { get; init; } = InstanceOrder.CreatedAt;

    public bool Descending { get; init; } = true;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether it leaves any run out.</summary>
    public bool Restricts => Status is not null || IdContains.Length > 0 || From is not null || To is not null;

    public static RunListQuery Read(IQueryCollection query) => new()
    {
        Status = Enum.TryParse<RunStatus>(query["status"], ignoreCase: true, out var status) && RunInstances.Statuses.Contains(status)
            ? status
            : null,
        IdContains = query["id"].ToString().Trim(),
        From = Day(query["from"]),
        To = Day(query["to"]),
        Order = Enum.TryParse<InstanceOrder>(query["sort"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : InstanceOrder.CreatedAt,
        Descending = query["order"] != "ascending",
        Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 1_000_000 ? page : 1,
    };

    public InstanceFilter ToFilter() => new()
    {
        Name = nameof(RunEtl),
        Statuses = Status is { } status ? [.. RunInstances.InstancesOf(status).Select(instance => (OrchestrationStatus)instance)] : [],
        IdContains = IdContains,
        CreatedFrom = Midnight(From),
        CreatedBefore = To < DateOnly.MaxValue ? Midnight(To?.AddDays(1)) : null,
        Order = Order,
        Descending = Descending,
        Skip = (Page - 1) * PageSize,
        Take = PageSize,
    };

    /// <summary>The same runs from a column's start, or the other way round when they are ordered by it already.</summary>
    public RunListQuery OrderedBy(InstanceOrder order) =>
        this with { Order = order, Descending = order == Order ? !Descending : order is InstanceOrder.CreatedAt or InstanceOrder.Duration, Page = 1 };

    /// <summary>The address of the list that it asks for.</summary>
    public string Address()
    {
        List<string> parts = [];
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={UrlEncoder.Default.Encode(value)}");
            }
        }

        Add("status", Status?.ToString());
        Add("id", IdContains);
        Add("from", Text(From));
        Add("to", Text(To));
        Add("sort", Order is InstanceOrder.CreatedAt ? null : Order.ToString());
        Add("order", Descending ? null : "ascending");
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return parts.Count > 0 ? "/?" + string.Join('&', parts) : "/";
    }

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } date ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
